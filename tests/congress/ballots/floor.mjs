/** Takes from Node what a browser at the floor (Chrome 86, Safari 14.1) has not. Imported before the scripts. */

const LATER = [
    [Object, ["hasOwn", "groupBy"]],
    [Array, ["fromAsync"]],
    [Array.prototype, ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with"]],
    [Object.getPrototypeOf(Uint8Array.prototype), ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "with"]],
    [Uint8Array, ["fromHex", "fromBase64"]],
    [Uint8Array.prototype, ["toHex", "toBase64"]],
    [String.prototype, ["at", "isWellFormed", "toWellFormed"]],
    [DataView.prototype, ["getBigInt64", "getBigUint64", "setBigInt64", "setBigUint64"]],
    [Promise, ["any", "withResolvers", "try"]],
    [globalThis, ["structuredClone", "BigInt64Array", "BigUint64Array", "WeakRef", "FinalizationRegistry", "Iterator"]],
];

for (const [owner, names] of LATER) for (const name of names) delete owner[name];

export const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const hex = (data) => Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
