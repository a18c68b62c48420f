/** What a teller's own device does: his steps of the ceremony, and opening one sum, once, of a board that it has made anew. It sends nothing. */

import { Rejected, digest, fromBase32, base32, grouped, hex } from "./encoding.js";
import { readPoint } from "./group.js";
import { commitment, publicShare, reveal, revealBytes, secretShare, shares } from "./keys.js";
import { parts, rehearsalContext } from "./tally.js";

export { Board, checkedBoard, readExport } from "./board.js";
export { Rejected, base32, fromBase64, grouped, hex, scalarBytes, toBase64 } from "./encoding.js";
export * from "./keys.js";
export { checkPoints, readBallot } from "./reading.js";
export { isReceipt, isSigned } from "./receipt.js";
export { publishedRound } from "./round.js";
export * from "./tally.js";

const SEED_CHARACTERS = 52;

/** As it is printed for the envelope. */
export const seedInWords = (seed) => grouped(base32(seed, SEED_CHARACTERS));

/** The seed that was typed or scanned, or `null`. */
export const readSeed = (typed) => fromBase32(typed, 32);

/** What this teller posts next in the ceremony, or `null` while he waits for the others. */
export function nextStep(board, teller, seed) {
    const { ceremony, step } = board;
    if (step === 1 && !board.commitments.has(teller)) {
        return { step: "commit", payload: commitment(ceremony, teller, revealBytes(reveal(ceremony, teller, seed))) };
    }
    if (step === 2 && !board.reveals.has(teller)) {
        return { step: "reveal", payload: revealBytes(reveal(ceremony, teller, seed)) };
    }
    if (step === 3 && !board.sharings.has(teller)) {
        return { step: "shares", payload: shares(ceremony, teller, seed, board.reveals) };
    }
    return null;
}

/** Whether this seed is the one that teller committed to: a wrong envelope is found here, not when the box is to be opened. */
export function isSeedOf(board, teller, seed) {
    const committed = board.commitments.get(teller);
    return committed !== undefined && hex(commitment(board.ceremony, teller, revealBytes(reveal(board.ceremony, teller, seed)))) === hex(committed);
}

/** z of this teller. Rejects naming the sender of a share that is false. */
export const shareOf = (board, teller, seed) => secretShare(board.ceremony, teller, seed, board.reveals, board.sharings);

/** His parts of the sum that the server made for the rehearsal: `total` is 64 bytes. */
export function rehearsed(board, teller, seed, total, random) {
    const point = (bytes) => readPoint(bytes, "rehearsal");
    const totals = [[point(total.slice(0, 32)), point(total.slice(32))]];
    return parts(rehearsalContext(board.ceremony.digest, board.key), teller, shareOf(board, teller, seed), totals, random);
}

/** What everyone can compute of each teller's share, to compare. */
export const publicShareOf = (board, teller) => publicShare(teller, board.reveals).toBytes();

/**
 * This teller's parts of the sums of a closed box. `memory` outlasts the device's restarts: `heads` holds in hex what it has seen, `opened` has
 * HE → hash of the sums that it helped to open; two sums that differ by one ballot would show that ballot.
 */
export function open(board, teller, seed, memory, random) {
    const known = new Set(board.heads.map(hex));
    if (!memory.heads.every((head) => known.has(head))) throw new Rejected("chain", "a head that was seen is not on the board");
    if (!board.isClosed || !board.round || board.counted.length < board.round.minBallots) throw new Rejected("few", "ballots");
    const sums = hex(digest("sums", ...board.totals.flat().map((point) => point.toBytes())));
    const of = hex(board.election.digest);
    if ((memory.opened[of] ??= sums) !== sums) throw new Rejected("second");
    return parts(board.election.digest, teller, shareOf(board, teller, seed), board.totals, random);
}
