import { Button } from "../../components/Button";

/** The way from the whole body to the part that is shown. */
export function Breadcrumb({ names, onBack }: { names: ReadonlyArray<string>; onBack(depth: number): void }) {
  if (names.length === 0) return null;
  return (
    <nav className="body-trail" aria-label="Part of the body">
      <Button variant="link" size="s" onClick={() => onBack(0)}>
        Whole body
      </Button>
      {names.map((name, depth) => (
        // oxlint-disable-next-line react/no-array-index-key
        <span key={depth} className="row">
          <span aria-hidden="true" className="dim">
            /
          </span>
          {depth + 1 < names.length ? (
            <Button variant="link" size="s" onClick={() => onBack(depth + 1)}>
              {name}
            </Button>
          ) : (
            <b aria-current="page" className="cut">
              {name}
            </b>
          )}
        </span>
      ))}
    </nav>
  );
}
