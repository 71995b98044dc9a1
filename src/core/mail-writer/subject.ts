import type { Form } from './forms.ts';
import type { Original } from './original.ts';

/** `Fwd:` as each program writes it before the original's subject. */
export function forwardSubject(form: Form, original: Original, spanish: boolean): string {
  const client = form.slice(form.lastIndexOf('-') + 1);
  switch (client) {
    case 'outlook':
    case 'base64':
      return `${spanish ? 'RV' : 'FW'}: ${original.subject}`;
    case 'yahoo':
    case 'file':
      return `Fw: ${original.subject}`;
    default:
      return `Fwd: ${original.subject}`;
  }
}
