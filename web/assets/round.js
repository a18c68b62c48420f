/** An open round as a voter's device sees it: what was published, checked against the slip in hand; and the ballots made for it. */

import { ballot, challenge, credential, election, fingerprint, hedgedSeed, openedDigest, slipNumber } from "./ballot.js";
import { Rejected, digest, fromBase64, hex, readNumber, toBase64, tracker } from "./encoding.js";
import { readPoint, sumOf } from "./group.js";
import { ceremonyOf, checkedReveal, commitment } from "./keys.js";
import { roundOf } from "./reading.js";

/**
 * The election that the server sent. Its key is believed if the tellers' reveals add up to it and, where the slip says which ceremony it was
 * printed after, if it is that one. Each reveal proves that it was made for the ceremony's manifest, and so for the server's key in it.
 */
export function publishedRound(sent, slip) {
    const manifest = fromBase64(sent.manifest);
    const round = roundOf(manifest);
    const reveals = sent.reveals.map(fromBase64);
    const key = sumOf(reveals.map((reveal) => readPoint(reveal.slice(0, 32), "reveal")));
    const its = digest("ceremony", ...reveals);
    if (hex(its) !== hex(round.ceremony) || key.toHex() !== hex(round.key)) throw new Rejected("manifest", "of another ceremony");
    if (slip?.ceremony && hex(its.slice(0, 16)) !== hex(slip.ceremony)) throw new Rejected("manifest", "not the ceremony of the slip");
    const ceremony = ceremonyOf(fromBase64(sent.ceremony));
    if (ceremony.congress !== round.congress || ceremony.n !== reveals.length) throw new Rejected("manifest", "of another congress");
    reveals.forEach((reveal, at) => checkedReveal(ceremony, at + 1, commitment(ceremony, at + 1, reveal), reveal));
    const credentials = sent.credentials.map(fromBase64);
    const of = election(manifest, round.key, credentials, round.shape);
    return { ...round, of, server: ceremony.server, fingerprint: fingerprint(of), roll: new Set(credentials.map(hex)) };
}

/** The slip's part in an encrypted round; rejects one that is not on its roll. */
export function voterIn(round, slip) {
    const { secret, key } = credential(round.congress, slip.bytes);
    if (!round.roll.has(hex(key))) throw new Rejected("credential");
    return { secret, key, number: slipNumber(key) };
}

/** A ballot that is encrypted and not cast yet. As long as it is not, its seed can open it to another device. */
export function sealed(round, voter, votes, counter) {
    const random = crypto.getRandomValues(new Uint8Array(32));
    return sealedWith(round, voter, votes, counter, random);
}

/** The ballot of a paper: what it hangs on stands on paper and slip, so that two tellers who enter the same make the same bytes. */
export const sealedPaper = (round, voter, votes) => sealedWith(round, voter, votes, 0, round.of.digest);

function sealedWith(round, voter, votes, counter, random) {
    const seed = hedgedSeed(random, voter.secret, counter, votes);
    const made = ballot(round.of, voter.secret, votes, counter, seed);
    return { ballot: toBase64(made.bytes), tracker: made.tracker, counter, opening: challenge(round.of, voter.key, votes, counter, seed) };
}

/** What a second device finds in an opening: the choices, and the tracker that the first must have shown before. */
export function recomputed(round, opening) {
    const votes = Array.from(opening.slice(100));
    const made = openedDigest(round.of, opening.slice(32, 64), votes, readNumber(opening.slice(64, 68)), opening.slice(68, 100));
    return { votes, tracker: tracker(made), agrees: hex(made) === hex(opening.slice(0, 32)), number: slipNumber(opening.slice(32, 64)) };
}

/** The public lines of an exported board, in its order: slip number, tracker, counter and whether it was cast. */
export function publicLines(text, round) {
    const found = [];
    for (const line of text.split("\n")) {
        const [kind, payload] = line.split(" ");
        if (kind === "ballot") found.push(castLine(fromBase64(payload), round));
        else if (kind === "spoil") found.push(spoiltLine(fromBase64(payload)));
    }
    return found;
}

function castLine(bytes, round) {
    const ciphertexts = round.shape.reduce((sum, choices) => sum + choices, 0);
    const bound = digest("ballot", round.of.digest, bytes.slice(33, 65), bytes.slice(65, 69), bytes.slice(69, 69 + 64 * ciphertexts));
    return { number: slipNumber(bytes.slice(33, 65)), tracker: tracker(bound), counter: readNumber(bytes.slice(65, 69)), isCast: true };
}

const spoiltLine = (bytes) => ({ number: slipNumber(bytes.slice(32, 64)), tracker: tracker(bytes.slice(0, 32)), counter: -1, isCast: false });

