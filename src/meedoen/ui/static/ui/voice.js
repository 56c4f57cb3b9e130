// The voices that live on the device itself: with any other, the text would leave it.

// Call `found` with the local voice for `language`, as soon as the device tells of it.
export function whenVoice(language, found) {
  const speech = window.speechSynthesis;
  if (!speech) return;
  let done = false;
  const look = () => {
    const voice = localVoice(language);
    if (voice && !done) {
      done = true;
      found(voice);
    }
  };
  look();
  if (speech.addEventListener) speech.addEventListener("voiceschanged", look);
}

export function localVoice(language) {
  const wanted = language.slice(0, 2).toLowerCase();
  const fits = (voice) => voice.localService && voice.lang.slice(0, 2).toLowerCase() === wanted;
  return window.speechSynthesis.getVoices().find(fits);
}
