/** Has the page wear a theme, and every choice of themes on it say so. @param {string} theme its name, or nothing for the device's */
export function wear(theme) {
  const { dataset } = document.documentElement;
  if (theme) dataset.theme = theme;
  else delete dataset.theme;
  for (const button of document.querySelectorAll("button[name=theme]")) button.setAttribute("aria-pressed", String(button.value === theme));
  for (const radio of document.querySelectorAll("input[name=theme]")) radio.checked = radio.value === theme;
}
