/** Bytes of congress-ballot/1: framing, hashes, scalars, base32 and base64url; and the one error with which anything received is rejected. */

import "./floor.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";

export const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
export const PROTOCOL = "congress-ballot/1";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** `code` is one of the words of the protocol; `where` names the entry, item, choice or teller. */
export class Rejected extends Error {
    constructor(code, where = "") {
        super(`${code} ${where}`.trim());
        this.code = code;
        this.where = where;
    }
}

export const utf8 = (text) => new TextEncoder().encode(text);

export function joined(...parts) {
    const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}

/** The bytes in pieces of `size`; what does not fill a piece is left out. */
export function pieces(bytes, size) {
    return Array.from({ length: Math.floor(bytes.length / size) }, (_, n) => bytes.slice(n * size, (n + 1) * size));
}

function bigEndian(number, size) {
    const bytes = new Uint8Array(size);
    for (let at = size - 1; at >= 0; at--) {
        bytes[at] = number % 256;
        number = Math.floor(number / 256);
    }
    return bytes;
}

export const u16 = (number) => bigEndian(number, 2);
export const u32 = (number) => bigEndian(number, 4);
export const readNumber = (bytes) => bytes.reduce((number, byte) => number * 256 + byte, 0);
const framed = (part) => joined(u32(part.length), part);

export const enc = (tag, ...parts) => joined(...[utf8(PROTOCOL), utf8(tag), ...parts].map(framed));

export const digest = (tag, ...parts) => sha256(enc(tag, ...parts));

export const toScalar = (tag, ...parts) => fromLittleEndian(sha512(enc(tag, ...parts))) % ORDER;

function fromLittleEndian(bytes) {
    let number = 0n;
    for (let at = bytes.length - 1; at >= 0; at--) number = (number << 8n) | BigInt(bytes[at]);
    return number;
}

export const modulo = (number) => ((number % ORDER) + ORDER) % ORDER;

export function scalarBytes(scalar) {
    const bytes = new Uint8Array(32);
    let rest = modulo(scalar);
    for (let at = 0; at < 32; at++) {
        bytes[at] = Number(rest & 255n);
        rest >>= 8n;
    }
    return bytes;
}

/** A scalar as it was received: 0 < s < q, so that each has one encoding. */
export function readScalar(bytes, where) {
    const scalar = fromLittleEndian(bytes);
    if (bytes.length !== 32 || scalar === 0n || scalar >= ORDER) throw new Rejected("scalar-range", where);
    return scalar;
}

// Text

export function base32(bytes, characters) {
    let bits = 0;
    let held = 0;
    let text = "";
    for (const byte of bytes) {
        held = ((held << 8) | byte) & 0xfff;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            text += BASE32[(held >> bits) & 31];
        }
    }
    if (bits) text += BASE32[(held << (5 - bits)) & 31];
    return text.slice(0, characters);
}

/** What people typed or scanned: case, spaces and hyphens do not matter, nor 0, 1 and 8 for the letters they look like. `null` if it is not `size` bytes. */
export function fromBase32(typed, size) {
    const text = typed.toUpperCase().replace(/[\s-]/g, "").replace(/0/g, "O").replace(/1/g, "I").replace(/8/g, "B");
    if (text.length !== Math.ceil((size * 8) / 5)) return null;
    const bytes = new Uint8Array(size);
    let bits = 0;
    let held = 0;
    let at = 0;
    for (const character of text) {
        const value = BASE32.indexOf(character);
        if (value < 0) return null;
        held = ((held << 5) | value) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            if (at < size) bytes[at++] = (held >> bits) & 255;
        }
    }
    return base32(bytes) === text ? bytes : null;
}

/** In groups that can be read aloud and typed. */
export const grouped = (text, separator = "-") => text.match(/.{1,4}/g).join(separator);

/** The voter's 查验码. */
export const tracker = (ballotDigest) => grouped(base32(ballotDigest, 20));

export function toBase64(bytes) {
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Base64url without padding, in its only spelling. */
export function fromBase64(text) {
    if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new Rejected("format", "base64");
    const bytes = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
    if (toBase64(bytes) !== text) throw new Rejected("format", "base64");
    return bytes;
}

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** 32 bytes in lower case. */
export function readHex(text, where) {
    if (typeof text !== "string" || !/^[0-9a-f]{64}$/.test(text)) throw new Rejected("manifest", where);
    return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}

/** An object as it was published; a key written twice would let two readers see two things. */
export function readJson(bytes, where) {
    let read;
    try {
        const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
        read = JSON.parse(text);
        if (hasKeyTwice(text)) read = null;
    } catch {
        read = null;
    }
    if (read === null || typeof read !== "object" || Array.isArray(read)) throw new Rejected("manifest", where);
    return read;
}

function hasKeyTwice(text) {
    const objects = [];
    for (const [token, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g)) {
        if (token === "{") objects.push(new Set());
        else if (token === "}") objects.pop();
        else if (colon) {
            const key = JSON.parse(token.slice(0, -colon.length));
            const keys = objects[objects.length - 1];
            if (keys.has(key)) return true;
            keys.add(key);
        }
    }
    return false;
}
