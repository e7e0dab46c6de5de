/** The host of a URL, or the text itself when it is none. */
export function hostOf(url: string | null): string {
  if (!url) return "";
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

/** Scheme, host and port of a URL; null when it is none. */
export function originOf(url: string): string | null {
  try {
    return new URL(url).origin;
  } catch {
    return null;
  }
}

/** Path and query of a URL; what the user typed when it is none. */
export function pathOf(url: string): string {
  try {
    const parsed = new URL(url);
    return parsed.pathname + parsed.search;
  } catch {
    return url;
  }
}

/** `sb-3f6e1b0c-…!b123|it-rt-acme-dev!b45` becomes `sb-3f6e…|it-rt-acme-dev!b45`. */
export function shortClientId(id: string): string {
  const [first = "", ...rest] = id.split("|");
  const head = first.length > 10 ? `${first.slice(0, 7)}…` : first;
  return rest.length > 0 ? `${head}|${rest.join("|")}` : id.length > 24 ? `${id.slice(0, 20)}…` : id;
}

/** The region in an SAP host: `eu10` of `….cfapps.eu10-003.hana.ondemand.com`. */
export function regionOf(url: string | null): string {
  const host = hostOf(url);
  const region = /\.([a-z]{2}\d{2})(-\d+)?\.hana\.ondemand\.com/.exec(host)?.[1];
  if (region) return region;
  return /(^|\.)localhost(:|$)|^127\./.test(host) ? "localhost" : "";
}
