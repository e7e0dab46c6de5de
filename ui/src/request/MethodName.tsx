/** A method as a word in its colour; DEL in lists. */
export function MethodName({ method, short = false }: { method: string; short?: boolean }) {
  const name = short && method === "DELETE" ? "DEL" : method;
  return <span className={`method ${method.toLowerCase()}`}>{name}</span>;
}
