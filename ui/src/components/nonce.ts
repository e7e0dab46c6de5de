import { setNonce } from "get-nonce";

/** The nonce Tauri gave to the page's own style element; absent in a plain browser. */
export function styleNonce(): string | undefined {
  const style = document.querySelector<HTMLStyleElement>("style[nonce]");
  return style?.nonce || undefined;
}

/** Hands the nonce to Radix, whose scroll lock writes a style element. */
export function shareNonce(): void {
  const nonce = styleNonce();
  if (nonce) setNonce(nonce);
}
