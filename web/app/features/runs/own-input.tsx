interface OwnInputProps {
  form: string;
  value: string;
  onChange: (text: string) => void;
}

/** The learner's own input, run beside the samples when it is filled. */
export function OwnInput({ form, value, onChange }: OwnInputProps) {
  return (
    <div className="flex h-full flex-col gap-2 px-4 py-3">
      <label htmlFor="own-input" className="text-sm font-medium">
        Your own input
      </label>
      <textarea
        id="own-input"
        name="stdin"
        form={form}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        spellCheck={false}
        aria-describedby="own-input-hint"
        className="min-h-20 w-full flex-1 resize-none rounded-md border border-line-strong bg-surface px-3 py-2 font-mono text-xs"
      />
      <p id="own-input-hint" className="text-xs text-muted">
        What your program reads when it runs. Filled, it is run besides the samples; a submission does not use
        it.
      </p>
    </div>
  );
}
