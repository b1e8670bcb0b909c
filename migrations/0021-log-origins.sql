-- A log that was declared to have gone back in time goes on under a new name: checkpoints are of a name, so that both stay.
alter table log_cosignature drop constraint log_cosignature_province_code_size_fkey;
alter table log_cosignature drop constraint log_cosignature_pkey;
alter table log_checkpoint drop constraint log_checkpoint_pkey;
alter table log_checkpoint add column origin text not null;
alter table log_checkpoint add primary key (province_code, origin, size);
alter table log_cosignature add column origin text not null;
alter table log_cosignature add primary key (province_code, origin, size, witness_name, key_id);
alter table log_cosignature add foreign key (province_code, origin, size) references log_checkpoint (province_code, origin, size);
