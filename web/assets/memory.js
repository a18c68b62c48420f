/** What a teller's device must not forget between restarts: the seed, the heads it has seen, the sum it has opened. One such memory a ceremony. */

import { fromBase64, hex, toBase64 } from "./encoding.js";

const PREFIX = "heyi-teller-";

/** `of` is the ceremony's hash, `teller` the number of the teller whose device this is. */
export class Memory {
    constructor(of, teller) {
        this.name = `${PREFIX}${hex(of)}-${teller}`;
        const kept = JSON.parse(localStorage.getItem(this.name) ?? "null") ?? {};
        this.seed = kept.seed ? fromBase64(kept.seed) : null;
        this.heads = kept.heads ?? [];
        this.opened = kept.opened ?? {};
        this.isSealed = kept.isSealed ?? false;
        this.hasCompared = kept.hasCompared ?? false;
    }

    /** Throws where this browser keeps nothing: then it is no device for a teller. */
    keep(more = {}) {
        Object.assign(this, more);
        const { seed, heads, opened, isSealed, hasCompared } = this;
        const text = JSON.stringify({ seed: seed && toBase64(seed), heads, opened, isSealed, hasCompared });
        localStorage.setItem(this.name, text);
        if (localStorage.getItem(this.name) !== text) throw new Error("this browser keeps nothing");
    }

    see(head) {
        const seen = hex(head);
        if (this.heads.includes(seen)) return;
        this.keep({ heads: [...this.heads, seen] });
    }
}
