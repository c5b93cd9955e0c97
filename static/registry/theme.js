"use strict";
// Light or dark as the system is set, from the first paint on: Bootstrap takes the theme from this attribute.
// Paper is light.

const dark = matchMedia("(prefers-color-scheme: dark)");
const show = (theme) => { document.documentElement.dataset.bsTheme = theme; };
const follow = () => show(dark.matches ? "dark" : "light");
dark.addEventListener("change", follow);
window.addEventListener("beforeprint", () => show("light"));
window.addEventListener("afterprint", follow);
follow();
