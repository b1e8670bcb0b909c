// Passwords, factors and sessions as they are asked for and shown.
import { z } from 'zod';

/** At least 12 characters; common passwords are refused by rule (security A4, A7). */
export const newPassword = z.string().min(12, { error: 'password_too_short' }).max(200, { error: 'text_too_long' });
