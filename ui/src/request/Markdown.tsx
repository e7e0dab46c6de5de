import type { ReactNode } from "react";
import ReactMarkdown from "react-markdown";
import { CopyText } from "../failure/CopyText";

function Link({ children, href }: { children?: ReactNode; href?: string }) {
  return (
    <span className="markdown-link" title={href}>
      {children}
      {href ? <CopyText label={`Copy ${href}`} text={href} /> : null}
    </span>
  );
}

function Picture({ alt }: { alt?: string }) {
  return <span className="dim">[{alt || "picture"}]</span>;
}

const COMPONENTS = { a: Link, img: Picture };

/** Markdown as text with its marks drawn: no HTML, nothing is loaded, links are copied and never followed. */
export default function Markdown({ text }: { text: string }) {
  if (text.trim() === "") return <p className="pane-hint">Nothing is written about this request yet.</p>;
  return (
    <div className="markdown">
      <ReactMarkdown skipHtml components={COMPONENTS}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
