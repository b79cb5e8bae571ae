import { Textarea } from '@mantine/core';
import { useState } from 'react';

interface Props<Document> {
  label: string;
  /** null: always. */
  value: Document | null;
  onChange: (value: Document | null) => void;
}

const example = '{"all": [{"field": "invoice.daysPastDue", "op": ">", "value": 30}, {"field": "invoice.balance", "op": ">", "value": {"USD": "1000.00"}}]}';

/** A condition as it is written in policies. What is not yet JSON stays in the field and is not passed on. */
export function ConditionText<Document>({ label, value, onChange }: Props<Document>) {
  const [text, setText] = useState(value === null ? '' : JSON.stringify(value, null, 2));
  const [error, setError] = useState<string | null>(null);
  const change = (next: string): void => {
    setText(next);
    if (next.trim() === '') {
      setError(null);
      onChange(null);
      return;
    }
    try {
      onChange(JSON.parse(next) as Document);
      setError(null);
    } catch (fault) {
      setError(`This is not JSON yet: ${fault instanceof Error ? fault.message : String(fault)}`);
    }
  };
  return (
    <Textarea
      aria-label={label} description="As in a policy, in JSON. Left empty: always." placeholder={example} autosize minRows={3} maxRows={14} error={error} value={text} spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
