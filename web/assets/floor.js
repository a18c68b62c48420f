/** What the libraries use and telephones of 2020 lack (Chrome 86, Safari 14.1); imported before them. */

if (!Object.hasOwn) {
    Object.defineProperty(Object, "hasOwn", {
        value: (object, name) => Object.prototype.hasOwnProperty.call(object, name),
        configurable: true,
        writable: true,
    });
}
