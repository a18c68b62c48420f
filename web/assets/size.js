/** Large letters, as chosen on this telephone: kept by it, since the page knows neither account nor cookie. */

const KEY = "heyi-size";

export function restoreSize() {
    try {
        wear(localStorage.getItem(KEY));
    } catch {
        // a browser that keeps nothing: then until the page is closed
    }
}

export function turnSize() {
    const size = document.documentElement.dataset.size ? "" : "large";
    wear(size);
    try {
        localStorage.setItem(KEY, size);
    } catch {
        // as above
    }
}

function wear(size) {
    if (size === "large") document.documentElement.dataset.size = size;
    else delete document.documentElement.dataset.size;
}
