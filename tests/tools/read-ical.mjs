// What ical.js, the calendar of Thunderbird, reads in calendars: a JSON list of texts in, a JSON list of facts out.
import ICAL from "ical.js";
import { text } from "node:stream/consumers";

const moment = (time) => new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "+00:00");

const facts = (body) => {
  const calendar = new ICAL.Component(ICAL.parse(body));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents("vevent").map((found) => {
    const event = new ICAL.Event(found);
    const organizer = found.getFirstProperty("organizer");
    return {
      method: calendar.getFirstPropertyValue("method"),
      uid: event.uid,
      sequence: event.sequence,
      status: found.getFirstPropertyValue("status"),
      starts_at: moment(event.startDate),
      ends_at: moment(event.endDate),
      clock: event.startDate.toString().replace("Z", ""),
      zone: found.getFirstProperty("dtstart").getParameter("tzid") ?? "UTC",
      summary: event.summary,
      description: event.description,
      url: found.getFirstPropertyValue("url"),
      organizer: organizer && organizer.getFirstValue(),
      attendees: event.attendees.map((each) => [each.getFirstValue(), each.getParameter("partstat")]),
    };
  });
};

console.log(JSON.stringify(JSON.parse(await text(process.stdin)).map(facts)));
