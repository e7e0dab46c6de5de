export interface ValidityBarProps {
  /** Share of the time that is used up, 0 to 1. */
  used: number;
  /** Whether the end is near. */
  soon: boolean;
  /** The same in words: "52 days left, ends 15 Jan 2027". */
  text: string;
  thin?: boolean;
}

/** The part that is left is solid, the mark is today; past the end it is hatched. */
export function ValidityBar({ used, soon, text, thin }: ValidityBarProps) {
  const percent = Math.min(100, Math.max(0, used * 100));
  return (
    <div className={`validity ${thin ? "thin" : ""}`} role="img" aria-label={text}>
      <div className="bar">
        {used >= 1 ? (
          <i className="past" />
        ) : (
          <i className={`left ${soon ? "soon" : ""}`} style={{ left: `${Math.min(percent, 98)}%` }} />
        )}
      </div>
      {used < 1 ? <div className="today" style={{ left: `calc(${percent}% - 1px)` }} /> : null}
    </div>
  );
}
