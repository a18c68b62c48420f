/**
 * The tellers' ceremony: k of n tellers make one key that no k − 1 of them, and no server, can use.
 *
 * Each teller i, from 1, works on a device of his own from one seed of 32 bytes; everything can be made again from the seed and the board.
 */

import { hmac } from "@noble/hashes/hmac.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import {
    ORDER, Rejected, digest, enc, grouped, hex, joined, modulo, pieces, readHex, readJson, readNumber, readScalar, scalarBytes, toScalar, u16, utf8,
} from "./encoding.js";
import { G, combine, readPoint, sumOf } from "./group.js";

export const SHARE = 96;

/** `manifest` is the exact bytes published; k tellers of n open the box. */
export function ceremonyOf(manifest) {
    const { v, congress, k, n, tellers, server } = readJson(manifest, "ceremony");
    if (!Number.isInteger(k) || !Number.isInteger(n) || !(1 <= k && k <= n && n <= 99) || 2 * k <= n) throw new Rejected("manifest", "k, n");
    const named = Array.isArray(tellers) && tellers.every((name) => typeof name === "string" && name);
    if (!named || tellers.length !== n || new Set(tellers).size !== n) throw new Rejected("manifest", "tellers");
    if (v !== 1 || typeof congress !== "string") throw new Rejected("manifest", "ceremony");
    return { congress, k, n, tellers, server: readHex(server, "server"), digest: digest("manifest", manifest) };
}

// Rounds 0 and 1: commit, reveal

/** What teller i shows after all have committed: k coefficients, his own key for shares, and a proof of knowledge for each. */
export function reveal(of, teller, seed) {
    const secrets = [...coefficients(of, teller, seed), shareSecret(of, teller, seed)];
    const points = secrets.map((secret) => G.multiply(secret));
    const proofs = secrets.map((secret, j) => {
        const w = nonce(of, teller, seed, "pok", j);
        const c = knowledge(of, teller, j, points[j], G.multiply(w));
        return joined(scalarBytes(c), scalarBytes(w - c * secret));
    });
    return { points, proofs };
}

export const revealBytes = ({ points, proofs }) => joined(...points.map((point) => point.toBytes()), ...proofs);

/** 32 bytes. Nobody reveals before all of these are on the board, so nobody can choose a key by looking at the others'. */
export const commitment = (of, teller, bytes) =>
    digest("dkg-commit", of.digest, u16(teller), ...pieces(bytes.slice(0, 32 * (of.k + 1)), 32), bytes.slice(32 * (of.k + 1)));

/** The reveal that these bytes are, if teller had committed to it and knows what stands behind it. */
export function checkedReveal(of, teller, committed, bytes) {
    const where = `teller ${teller}`;
    if (bytes.length !== 96 * (of.k + 1)) throw new Rejected("length", where);
    if (hex(commitment(of, teller, bytes)) !== hex(committed)) throw new Rejected("commit", where);
    const points = pieces(bytes.slice(0, 32 * (of.k + 1)), 32).map((point) => readPoint(point, where));
    const proofs = pieces(bytes.slice(32 * (of.k + 1)), 64);
    points.forEach((point, j) => {
        const [c, z] = pieces(proofs[j], 32).map((part) => readScalar(part, where));
        if (knowledge(of, teller, j, point, combine([z, G], [c, point])) !== c) throw new Rejected("pok", where);
    });
    return { points, proofs };
}

/** Y, under which ballots are encrypted. `reveals` has teller → what he showed. */
export function jointKey(reveals) {
    const key = sumOf([...reveals.values()].map((shown) => shown.points[0]));
    return readPoint(key.toBytes(), "joint key");
}

export const fingerprintOf = (reveals) => digest("ceremony", ...inOrder(reveals).map(([, shown]) => revealBytes(shown)));

/** The eight digits that tellers read to each other. Eight suffice, since everybody had committed before. */
export function spoken(fingerprint) {
    const number = fingerprint.slice(0, 8).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    return grouped(String(number % 100000000n).padStart(8, "0"), " ");
}

// Rounds 2 and 3: share, check

/** To each teller, himself included, his value of this teller's polynomial: n × 96 bytes, each readable to its receiver alone. */
export function shares(of, teller, seed, reveals) {
    const own = coefficients(of, teller, seed);
    const everyone = Array.from({ length: of.n }, (_, at) => at + 1);
    return joined(
        ...everyone.map((to) => {
            const value = own.reduceRight((sum, coefficient) => (sum * BigInt(to) + coefficient) % ORDER, 0n);
            return sealed(of, teller, to, value, nonce(of, teller, seed, "share", to), shareKey(reveals.get(to)));
        }),
    );
}

/** z of this teller, from all that was sent. Rejects naming the sender whose share is false: then all begin again. */
export function secretShare(of, teller, seed, reveals, sent) {
    let total = 0n;
    for (const [sender, shown] of inOrder(reveals)) {
        const value = unsealed(of, sender, teller, sent.get(sender), shareSecret(of, teller, seed), shareKey(reveals.get(teller)));
        if (!G.multiply(value).equals(inPublic(shown, teller))) throw new Rejected("share", `teller ${sender}`);
        total += value;
    }
    return modulo(total);
}

/** Z = z · G, which everyone can compute. */
export const publicShare = (teller, reveals) => sumOf([...reveals.values()].map((shown) => inPublic(shown, teller)));

/** The weight of this teller's part among those of `tellers`. */
export function lagrange(tellers, teller) {
    return tellers
        .filter((other) => other !== teller)
        .reduce((weight, other) => modulo(weight * BigInt(other) * inverse(modulo(BigInt(other - teller)))), 1n);
}

// Below

const inOrder = (reveals) => [...reveals].sort(([one], [other]) => one - other);
const shareKey = (shown) => shown.points[shown.points.length - 1];

function nonce(of, teller, seed, label, j) {
    if (seed.length !== 32) throw new RangeError("a teller's seed has 32 bytes");
    return toScalar("trustee", seed, of.digest, u16(teller), utf8(label), u16(j));
}

const coefficients = (of, teller, seed) => Array.from({ length: of.k }, (_, j) => nonce(of, teller, seed, "coef", j));
const shareSecret = (of, teller, seed) => nonce(of, teller, seed, "dk", 0);

const knowledge = (of, teller, j, point, witness) =>
    toScalar("dkg-pok", of.digest, u16(teller), u16(j), point.toBytes(), witness.toBytes());

const inPublic = (shown, teller) => combine(...shown.points.slice(0, -1).map((point, j) => [modulo(BigInt(teller) ** BigInt(j)), point]));

function shareKeys(of, sender, to, ephemeral, receiver, common) {
    const key = sha512(enc("dkg-share", of.digest, u16(sender), u16(to), ephemeral, receiver.toBytes(), common.toBytes()));
    return [key.slice(0, 32), key.slice(32)];
}

function sealed(of, sender, to, value, rho, receiver) {
    const ephemeral = G.multiply(rho).toBytes();
    const [mask, code] = shareKeys(of, sender, to, ephemeral, receiver, receiver.multiply(rho));
    const text = masked(scalarBytes(value), mask);
    return joined(ephemeral, text, hmac(sha256, code, joined(ephemeral, text)));
}

function unsealed(of, sender, to, sent, secret, receiver) {
    const where = `teller ${sender}`;
    if (sent.length !== SHARE * of.n) throw new Rejected("length", where);
    const [ephemeral, text, mac] = pieces(pieces(sent, SHARE)[to - 1], 32);
    const [mask, code] = shareKeys(of, sender, to, ephemeral, receiver, readPoint(ephemeral, where).multiply(secret));
    if (hex(hmac(sha256, code, joined(ephemeral, text))) !== hex(mac)) throw new Rejected("share", where);
    return readScalar(masked(text, mask), where);
}

const masked = (data, mask) => data.map((byte, at) => byte ^ mask[at]);

function inverse(number) {
    let power = ORDER - 2n;
    let base = number;
    let result = 1n;
    for (; power > 0n; power >>= 1n) {
        if (power & 1n) result = (result * base) % ORDER;
        base = (base * base) % ORDER;
    }
    return result;
}

/** The number in the first bytes of what a teller sent. */
export const tellerOf = (bytes) => readNumber(bytes.slice(0, 2));
