// The device's clock, looked at every minute: a record grows old without anything happening.
import { useEffect, useState } from 'react';

export function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
