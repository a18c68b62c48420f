/** The slip in hand: read from the address or typed, kept in this tab alone. Of votes cast with it only that they were cast is kept, never how. */

import { base32, fromBase32 } from "./encoding.js";

const SLIP = "heyi-slip";
const CAST = "heyi-cast";

/** `<26 characters of the slip>` or `<these>.<26 characters of the tellers' fingerprint>`; `null` if it is neither. */
export function readSlip(text) {
    const [slip, ceremony] = text.split(".");
    const bytes = fromBase32(slip, 16);
    if (!bytes) return null;
    return { bytes, text: base32(bytes), ceremony: ceremony === undefined ? null : fromBase32(ceremony, 16) };
}

const memory = new Map();

function kept(key) {
    try {
        return sessionStorage.getItem(key) ?? memory.get(key) ?? null;
    } catch {
        return memory.get(key) ?? null;
    }
}

function keep(key, text) {
    memory.set(key, text);
    try {
        sessionStorage.setItem(key, text);
    } catch {
        // a browser that keeps nothing: then until the page is closed
    }
}

export const keptSlip = () => readSlip(kept(SLIP) ?? "");

export function keepSlip(text) {
    keep(SLIP, text);
    return readSlip(text);
}

const casts = () => JSON.parse(kept(CAST) ?? "{}");

/** `{tracker, counter, receipt}` of what this slip has cast in the round, as far as this tab knows. */
export const castIn = (slip, round) => casts()[`${slip.text} ${round}`] ?? null;

export const keepCast = (slip, round, cast) => keep(CAST, JSON.stringify({ ...casts(), [`${slip.text} ${round}`]: cast }));
