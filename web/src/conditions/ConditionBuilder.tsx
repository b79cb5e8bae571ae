import { ActionIcon, Button, Group, NativeSelect, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../feedback/Loaded';
import classes from './ConditionBuilder.module.css';
import { comparisonOf, dateOpWords, firstValue, kindOf, opWords, sameShape, withValue, type ConditionDocument, type ConditionField, type NodeKind, type Op } from './document';
import { conditionFieldsQuery, type EventKind, type Subject } from './queries';
import { ValueInput } from './ValueInput';

interface Props {
  /** What the condition is about: a policy's step asks of an invoice, a segment of a customer. */
  subject: Subject;
  /** What sets it off: what such an event tells can be asked for too. */
  event?: EventKind;
  /** null: no condition, which always holds. */
  value: ConditionDocument | null;
  onChange: (value: ConditionDocument | null) => void;
  /** Fields that cannot be asked about here. */
  without?: readonly string[];
  /** It is a part of what is simulated: what no simulation knows cannot be asked about. */
  simulated?: boolean;
  label?: string;
}

/** Builds a condition from what there is to ask about. The document is the one that policies and segments are written in. */
export function ConditionBuilder({ subject, event, value, onChange, without = [], simulated = false, label = 'Condition' }: Props) {
  const fields = useQuery(conditionFieldsQuery(subject, event));
  return (
    <Loaded query={fields} lines={2}>
      {({ items }) => {
        const known = items.filter((field) => !without.includes(field.name) && !(simulated && field.notSimulated));
        const first = known.find((field) => field.of === subject) ?? known[0];
        if (value === null) return first ? <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange(comparisonOf(first))}>Add a condition</Button> : null;
        return <fieldset className={classes.rows} aria-label={label}><Node node={value} subject={subject} fields={known} onChange={onChange} onRemove={() => onChange(null)} path={label} /></fieldset>;
      }}
    </Loaded>
  );
}

interface NodeProps {
  node: ConditionDocument;
  subject: Subject;
  fields: readonly ConditionField[];
  /** Where it stands, for those who hear the page: "Condition, part 2". */
  path: string;
  onChange: (node: ConditionDocument) => void;
  onRemove: () => void;
}

function Node(props: NodeProps) {
  const { node, path, onRemove } = props;
  const remove = <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${path}`} onClick={onRemove}><IconX size={14} aria-hidden /></ActionIcon>;
  return (
    <Stack gap={6}>
      <Group gap={6} align="flex-start" wrap="wrap">
        <Kind {...props} />
        {kindOf(node) === 'comparison' && <Comparison {...props} />}
        {node.invoices && <Quantifier {...props} />}
        {remove}
      </Group>
      <Parts {...props} />
    </Stack>
  );
}

const kindWords: Readonly<Record<NodeKind, string>> = { comparison: 'Compare', all: 'All of', any: 'Any of', not: 'Not', invoices: 'Invoices' };

function Kind({ node, subject, fields, path, onChange }: NodeProps) {
  const kinds = (['comparison', 'all', 'any', 'not', ...(subject === 'customer' ? ['invoices' as const] : [])] as const);
  const first = comparisonFor(fields, subject);
  const change = (kind: NodeKind) => {
    const parts = node.all ?? node.any ?? (node.not ? [node.not] : node.field ? [node] : [first]);
    switch (kind) {
      case 'all': return onChange({ all: parts });
      case 'any': return onChange({ any: parts });
      case 'not': return onChange({ not: parts.length === 1 ? parts[0] : { all: parts } });
      case 'invoices': return onChange({ invoices: 'some', where: comparisonFor(fields, 'invoice') });
      case 'comparison': return onChange(parts.find((part) => part.field) ?? first);
    }
  };
  return <NativeSelect aria-label={`${path}: kind`} w={110} data={kinds.map((kind) => ({ value: kind, label: kindWords[kind] }))} value={kindOf(node)} onChange={(event) => change(event.currentTarget.value as NodeKind)} />;
}

function comparisonFor(fields: readonly ConditionField[], subject: Subject): ConditionDocument {
  const field = fields.find((each) => each.of === subject) ?? fields[0];
  return field ? comparisonOf(field) : {};
}

function Quantifier({ node, path, onChange }: NodeProps) {
  const words = [{ value: 'some', label: 'some open invoice' }, { value: 'every', label: 'every open invoice' }, { value: 'none', label: 'no open invoice' }];
  return <NativeSelect aria-label={`${path}: how many`} data={words} value={node.invoices} onChange={(event) => onChange({ ...node, invoices: event.currentTarget.value as 'some' | 'every' | 'none' })} />;
}

function Parts({ node, subject, fields, path, onChange }: NodeProps) {
  const inner = { fields, subject };
  const parts = node.all ?? node.any;
  if (parts) {
    const put = (next: ConditionDocument[]) => onChange(node.all ? { all: next } : { any: next });
    return (
      <Stack gap={6} className={classes.group}>
        {parts.map((part, index) => (
          <Node
            {...inner} key={index} node={part} path={`${path}, part ${index + 1}`} onChange={(changed) => put(parts.map((each, at) => (at === index ? changed : each)))}
            onRemove={() => put(parts.length > 1 ? parts.filter((_, at) => at !== index) : [comparisonFor(fields, subject)])}
          />
        ))}
        <div><Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={12} aria-hidden />} aria-label={`Add to ${path}`} onClick={() => put([...parts, comparisonFor(fields, subject)])}>Add</Button></div>
      </Stack>
    );
  }
  if (node.not) return <div className={classes.group}><Node {...inner} node={node.not} path={`${path}, not`} onChange={(not) => onChange({ not })} onRemove={() => onChange(comparisonFor(fields, subject))} /></div>;
  if (node.invoices) {
    return (
      <div className={classes.group}>
        {node.where
          ? <Node fields={fields} subject="invoice" node={node.where} path={`${path}, where`} onChange={(where) => onChange({ ...node, where })} onRemove={() => onChange({ invoices: node.invoices })} />
          : <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={12} aria-hidden />} onClick={() => onChange({ ...node, where: comparisonFor(fields, 'invoice') })}>Ask something of it</Button>}
      </div>
    );
  }
  return null;
}

function Comparison({ node, subject, fields, path, onChange }: NodeProps) {
  const offered = fields.filter((field) => subject === 'invoice' || field.of === 'customer');
  const field = fields.find((each) => each.name === node.field);
  const op = node.op ?? '=';
  const words = (each: Op): string => (field?.type === 'date' ? dateOpWords[each] : undefined) ?? opWords[each];
  const choose = (name: string | null) => {
    const chosen = fields.find((each) => each.name === name);
    if (chosen) onChange(comparisonOf(chosen));
  };
  const compareBy = (next: Op) => {
    if (field) onChange(withValue({ field: node.field, op: next }, sameShape(op, next) ? node.value : firstValue(field, next)));
  };
  return (
    <>
      <Select
        aria-label={`${path}: field`} searchable allowDeselect={false} w={230} value={node.field ?? null} onChange={choose}
        data={offered.map(({ name, title }) => ({ value: name, label: title[0]?.toUpperCase() + title.slice(1) }))}
      />
      {field
        ? <><NativeSelect aria-label={`${path}: operator`} data={field.ops.map((each) => ({ value: each, label: words(each) }))} value={op} onChange={(event) => compareBy(event.currentTarget.value as Op)} />
          <ValueInput field={field} op={op} value={node.value} label={`${path}: value`} onChange={(value) => onChange(withValue(node, value))} /></>
        : <Text size="sm" c="red">{node.field ? `“${node.field}” is not known` : 'Choose a field'}</Text>}
    </>
  );
}
