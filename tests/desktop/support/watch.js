// Keeps what a user never sees but must not happen: refused content and errors; and all that Rust sends.
// Says "old" while the page that is to be watched is not there yet, "late" when it had begun to show something.
if (window.isOld || location.protocol !== "tauri:") return "old";
const watched = (window.watched = { complaints: [], received: "" });
const complain = (...words) => watched.complaints.push(words.map(String).join(" "));
document.addEventListener("securitypolicyviolation", (event) => {
  complain("refused:", event.effectiveDirective, event.blockedURI);
});
// Errors of the page come with a message, errors of what it loads with an address.
const onError = (event) => complain("failed:", event.message ?? event.target.src ?? event.target.href);
window.addEventListener("error", onError, true);
window.addEventListener("unhandledrejection", (event) => complain("unhandled:", event.reason));
const said = console.error;
console.error = (...words) => {
  complain("console:", ...words);
  said(...words);
};
const asked = window.fetch;
window.fetch = async (...request) => {
  const answer = await asked(...request);
  watched.received += await answer.clone().text();
  return answer;
};
const root = document.getElementById("root");
return root !== null && root.childElementCount > 0 ? "late" : "early";
