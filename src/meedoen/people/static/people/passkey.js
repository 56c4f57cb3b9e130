// Makes or uses a passkey: the form's data-challenge goes to the browser, its answer into the form.

const form = document.querySelector("form[data-key]");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function question(options) {
  const found = { ...options, challenge: bytes(options.challenge) };
  if (options.user) found.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"])
    if (options[list]) found[list] = options[list].map((each) => ({ ...each, id: bytes(each.id) }));
  return found;
}

function answer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = text(credential.response[name]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

if (form && window.PublicKeyCredential) {
  const told = form.querySelector("[data-failed]");
  form.hidden = false;
  document.querySelector("[data-no-key]").hidden = true;
  form.addEventListener("submit", async (event) => {
    const name = form.elements.name;
    if (form.elements.credential.value || (name && name.type === "text" && !name.value.trim())) return;
    event.preventDefault();
    told.textContent = "";
    try {
      const publicKey = question(JSON.parse(form.dataset.challenge).publicKey);
      form.elements.credential.value = answer(await navigator.credentials[form.dataset.key]({ publicKey }));
      form.submit();
    } catch (refused) {
      told.textContent = told.dataset.failed;
    }
  });
}
