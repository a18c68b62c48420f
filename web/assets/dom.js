/** What the scripts of pages share: finding, showing, wording. All words stand in the page; a script only chooses and fills them. */

import { encodeQR } from "qr";

export const find = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

/** The only view that is seen from now on; its heading is read aloud first. */
export function show(name) {
    if (shown() === name) return;
    for (const view of all("[data-view]")) view.hidden = view.dataset.view !== name;
    const view = find(`[data-view="${name}"]`);
    const heading = find("h2", view);
    if (heading) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
    }
    scrollTo(0, 0);
}

export const shown = () => all("[data-view]").find((view) => !view.hidden)?.dataset.view;

/** A sentence of the page with its gaps filled. */
export function word(name, values = {}) {
    const sentence = find(`[data-word="${name}"]`).textContent;
    return sentence.replace(/\{(\w+)\}/g, (_, gap) => values[gap]);
}

/** Puts text, or nothing, where the page has room for it; empty room is not seen. */
export function say(place, text) {
    for (const room of all(`[data-say="${place}"]`)) {
        room.textContent = text;
        room.hidden = !text;
    }
}

export function made(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
}

/** Hears every press of a button with `data-do`. */
export function heard(acts) {
    document.addEventListener("click", (event) => {
        const button = event.target.closest("[data-do]");
        if (button && acts[button.dataset.do]) acts[button.dataset.do](button);
    });
}

const SVG = "http://www.w3.org/2000/svg";

/** Drawn, since pages take no pictures from elsewhere. */
export function qrCode(text, label) {
    const rows = encodeQR(text, "raw", { ecc: "medium", border: 2 });
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${rows.length} ${rows.length}`);
    svg.setAttribute("class", "qr");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", rows.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join(""));
    svg.append(path);
    return svg;
}
