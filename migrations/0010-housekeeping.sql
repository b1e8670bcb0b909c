-- What housekeeping looks for every hour: evidence behind no entry, and whether any row names the bytes of a file.
create index evidence_unattached on evidence (province_code, edition_code, unit_code, uploaded_at) where activity_id is null and removed_at is null;
create index evidence_digest on evidence (sha256);
