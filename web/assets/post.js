/** An act that a page's script posts for whoever is signed in. */

import { find } from "./dom.js";
import { Lost } from "./net.js";

/** `{ok, why}`; no answer is an answer too. */
export async function act(address, fields, lost) {
    const form = new FormData();
    form.set("_csrf_token", find('[name="_csrf_token"]').value);
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    try {
        const answer = await fetch(address, { method: "POST", body: form, headers: { accept: "application/json" } });
        if (answer.status >= 500 || !answer.headers.get("content-type").startsWith("application/json")) throw new Lost(String(answer.status));
        return await answer.json();
    } catch (error) {
        if (error instanceof SyntaxError || error instanceof TypeError || error instanceof Lost) return { ok: false, why: [lost] };
        throw error;
    }
}
