/** Sets a page that was kept earlier as its reader has texts set now, before anything of it is drawn. See looking.js. */
try {
  const look = JSON.parse(localStorage.getItem("look") ?? "null");
  const { dataset } = document.documentElement;
  for (const [name, value] of Object.entries(look ?? {})) {
    if (value) dataset[name] = value;
    else delete dataset[name];
  }
} catch {
  // A browser that forbids it shows the page as it was kept.
}
