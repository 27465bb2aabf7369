"use strict";
// The only way text enters the page: as text. Nothing a posting says is ever parsed.

function element(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

function drawing(name, properties = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), properties, children);
}

function fill(node, properties, children) {
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(key, value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// Words of a posting may run right to left or hold direction marks: they stay inside their own box.
function said(text, name = "bdi", properties = {}) {
  return element(name, { dir: "auto", ...properties }, text);
}

function link(address, text, properties = {}) {
  let url = null;
  try { url = new URL(address); } catch { /* shown as text below */ }
  if (!url || !["http:", "https:"].includes(url.protocol)) return said(text);
  return element("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", ...properties }, said(text));
}

function host(address) {
  try { return new URL(address).host; } catch { return ""; }
}

function plural(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
