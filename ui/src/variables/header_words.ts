/** Header names that are often wanted here, SAP's own spelling included. */
export const HEADER_NAMES: ReadonlyArray<string> = [
  "Accept",
  "Accept-Encoding",
  "Accept-Language",
  "Authorization",
  "Cache-Control",
  "Content-Encoding",
  "Content-Language",
  "Content-Type",
  "Cookie",
  "If-Match",
  "If-Modified-Since",
  "If-None-Match",
  "Origin",
  "Prefer",
  "Range",
  "Referer",
  "SOAPAction",
  "SAP_ApplicationID",
  "SAP_CorrelateMPLs",
  "SAP_MessageProcessingLogCustomStatus",
  "SAP_MessageType",
  "SAP_MplCorrelationId",
  "SAP_Receiver",
  "SAP_Sender",
  "sap-client",
  "sap-language",
  "User-Agent",
  "X-CSRF-Token",
  "X-HTTP-Method",
  "X-Requested-With",
];

const MEDIA_TYPES = [
  "application/json",
  "application/xml",
  "application/atom+xml",
  "application/edi-x12",
  "application/edifact",
  "application/octet-stream",
  "application/soap+xml; charset=utf-8",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/mixed",
  "text/csv",
  "text/plain; charset=utf-8",
  "text/xml; charset=utf-8",
];

const VALUES: Record<string, ReadonlyArray<string>> = {
  accept: ["*/*", ...MEDIA_TYPES],
  "accept-encoding": ["gzip", "br", "identity"],
  "accept-language": ["en", "de"],
  "cache-control": ["no-cache", "no-store"],
  "content-encoding": ["gzip"],
  "content-type": MEDIA_TYPES,
  "if-match": ["*"],
  prefer: ["return=minimal", "return=representation", "odata.maxpagesize=100"],
  "sap-language": ["EN", "DE"],
  "x-csrf-token": ["Fetch"],
  "x-http-method": ["MERGE", "PATCH", "DELETE"],
  "x-requested-with": ["XMLHttpRequest"],
};

/** The values a header usually has. */
export function headerValues(name: string): ReadonlyArray<string> {
  return VALUES[name.trim().toLowerCase()] ?? [];
}
