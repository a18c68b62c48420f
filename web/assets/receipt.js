/** What the server signs: a head of the board, in a receipt or at the end of an export. */

import { ed25519 } from "@noble/curves/ed25519.js";
import { enc, fromBase64, u32 } from "./encoding.js";

export function isSigned(server, seq, head, signature) {
    try {
        return ed25519.verify(signature, enc("head", u32(seq), head), server, { zip215: false });
    } catch {
        return false;
    }
}

/** Whether a receipt is for the ballot that was sent, under the key of the round's own board. */
export function isReceipt(server, sent, { tracker, seq, head, signature }) {
    return tracker === sent && Number.isInteger(seq) && isSigned(server, seq, fromBase64(head), fromBase64(signature));
}

/** A receipt as the verifier takes it. */
export const receiptText = ({ tracker, seq, head, signature }) => [tracker, seq, head, signature].join(" ");
