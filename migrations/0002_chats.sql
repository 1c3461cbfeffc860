CREATE TABLE `access` (
	`database_id` text NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`database_id`, `kind`, `value`),
	FOREIGN KEY (`database_id`) REFERENCES `databases`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `bindings` (
	`channel` text NOT NULL,
	`database_id` text NOT NULL,
	`bound_at` text NOT NULL,
	PRIMARY KEY(`channel`, `database_id`),
	FOREIGN KEY (`database_id`) REFERENCES `databases`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `chat_people` (
	`person_id` text PRIMARY KEY NOT NULL,
	`time_zone` text,
	`locale` text,
	`only_me` integer NOT NULL,
	`trusted` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `installations` (
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`secret` text NOT NULL,
	`installed_at` text NOT NULL,
	PRIMARY KEY(`platform`, `workspace`)
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`place` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`question_id` text NOT NULL,
	`key` text NOT NULL,
	`person_id` text NOT NULL,
	`channel` text NOT NULL,
	`thread` text NOT NULL,
	`origin` text NOT NULL,
	`handle` text,
	`message` text,
	`only_me` integer NOT NULL,
	`databases` text,
	`edits` text,
	`sql` text,
	`state` text NOT NULL,
	`holder` text,
	`lease_until` text,
	`runs` integer NOT NULL,
	`stamp` text,
	`posted` text,
	`ending` text,
	`accepted_at` text NOT NULL,
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_question_id_unique` ON `jobs` (`question_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_key_unique` ON `jobs` (`key`);--> statement-breakpoint
CREATE INDEX `jobs_state` ON `jobs` (`state`,`place`);--> statement-breakpoint
CREATE INDEX `jobs_thread` ON `jobs` (`thread`,`place`);--> statement-breakpoint
CREATE INDEX `jobs_channel` ON `jobs` (`channel`,`accepted_at`);--> statement-breakpoint
CREATE INDEX `jobs_person` ON `jobs` (`person_id`,`accepted_at`);--> statement-breakpoint
CREATE INDEX `jobs_posted` ON `jobs` (`posted`);--> statement-breakpoint
CREATE TABLE `quotas` (
	`workspace_id` text NOT NULL,
	`scope` text NOT NULL,
	`per_day` integer NOT NULL,
	`message` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `scope`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`place` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` text NOT NULL,
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`action` text NOT NULL,
	`channel` text NOT NULL,
	`database` text NOT NULL,
	`sql` text NOT NULL,
	`row_count` integer,
	`detail` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE INDEX `audit_person` ON `audit` (`person_id`);--> statement-breakpoint
CREATE TABLE `glossary` (
	`id` text PRIMARY KEY NOT NULL,
	`database_id` text NOT NULL,
	`term` text collate nocase NOT NULL,
	`meaning` text NOT NULL,
	`added_by` text,
	`added_at` text NOT NULL,
	FOREIGN KEY (`database_id`) REFERENCES `databases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`added_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `glossary_term` ON `glossary` (`database_id`,`term`);--> statement-breakpoint
CREATE TABLE `reviews` (
	`question_id` text PRIMARY KEY NOT NULL,
	`settled_at` text NOT NULL,
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `saved_questions` (
	`person_id` text NOT NULL,
	`question_id` text NOT NULL,
	`saved_at` text NOT NULL,
	PRIMARY KEY(`person_id`, `question_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `verified_answers` (
	`database_id` text NOT NULL,
	`normal` text NOT NULL,
	`question` text NOT NULL,
	`sql` text NOT NULL,
	`periods` text NOT NULL,
	`question_id` text NOT NULL,
	`asked_by` text,
	`verified_by` text,
	`verified_at` text NOT NULL,
	PRIMARY KEY(`database_id`, `normal`),
	FOREIGN KEY (`database_id`) REFERENCES `databases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`asked_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`verified_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `verified_answers_question` ON `verified_answers` (`question_id`);