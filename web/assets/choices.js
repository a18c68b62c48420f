/** The form with one choice an item, its two numbers, and the list of what is chosen. */

import { all, find, made, word } from "./dom.js";

const MARKS = ["M4 12.5l5 5L20 6.5", "M6 6l12 12M18 6L6 18", "M5 12h14"];
const form = () => find("form[data-ballot]");

/** Empty, for the items of this round. `seats` is how many an election may approve of. */
export function showBallotForm({ items, seats, box }) {
    form().reset();
    find("[data-errors]").hidden = true;
    find("[data-seats]").hidden = !seats;
    if (seats) find("[data-seats]").textContent = word(box === "plain" ? "seats-plain" : "seats", { seats });
    find("[data-items]").replaceChildren(...items.map(fieldset));
}

function fieldset(item, i) {
    const options = item.choices.map((choice, j) => [
        made("input", { type: "radio", name: `item-${i}`, value: j, id: `item-${i}-${j}` }),
        made("label", { for: `item-${i}-${j}` }, mark(j), choice),
    ]);
    return made(
        "fieldset",
        { class: "item", id: `item-${i}` },
        made("legend", {}, `${i + 1}. ${item.title}`),
        made("div", { class: "opts" }, ...options.flat()),
    );
}

function mark(j) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", MARKS[j] ?? MARKS[2]);
    svg.append(path);
    return svg;
}

/** The choice of each item, or `null` after saying what is missing. */
export function readChoices(round) {
    const [votes, faults] = choicesAndFaults(round);
    tell(faults);
    return faults.length ? null : votes;
}

/** `{votes, pin, code}`, or `null` after saying what is missing. */
export function readBallotForm(round) {
    const [votes, faults] = choicesAndFaults(round);
    const [pin, code] = ["pin", "code"].map((name) => {
        const box = find(`[name="${name}"]`, form());
        const digits = box.value.replace(/\s/g, "");
        const isWhole = /^\d{6}$/.test(digits);
        box.setAttribute("aria-invalid", String(!isWhole));
        if (!isWhole) faults.push([box.id, word(`missing-${name}`)]);
        return digits;
    });
    tell(faults);
    return faults.length ? null : { votes, pin, code };
}

function choicesAndFaults({ items, seats }) {
    const data = new FormData(form());
    const votes = items.map((_, i) => (data.has(`item-${i}`) ? Number(data.get(`item-${i}`)) : null));
    const faults = votes.flatMap((vote, i) => (vote === null ? [[`item-${i}-0`, word("missing", { number: i + 1 })]] : []));
    if (seats && votes.filter((vote) => vote === 0).length > seats) faults.push(["item-0-0", word("too-many", { seats })]);
    return [votes, faults];
}

/** What a server objects to, beside what it objects to. */
export function object(name, sentence) {
    const box = ["pin", "code"].includes(name) ? find(`[name="${name}"]`, form()) : null;
    box?.setAttribute("aria-invalid", "true");
    tell([[box?.id ?? "item-0-0", sentence]]);
}

function tell(faults) {
    const summary = find("[data-errors]");
    summary.hidden = !faults.length;
    find("ul", summary).replaceChildren(
        ...faults.map(([id, sentence]) => made("li", {}, made("a", { href: `#${id}`, "data-do": "goto", "data-to": id }, sentence))),
    );
    if (faults.length) summary.focus();
}

/** What was chosen, for a last look. */
export const chosen = (items, votes, more = () => []) =>
    items.map((item, i) => made("div", {}, made("dt", {}, `${i + 1}. ${item.title}`), made("dd", {}, item.choices[votes[i]] ?? ""), ...more(i)));

/** Of the choices nothing is left. */
export function forgetChoices() {
    form().reset();
    for (const list of all("[data-chosen]")) list.replaceChildren();
}
