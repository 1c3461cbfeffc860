CREATE TABLE `evaluation_cases` (
	`hash` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`database` text NOT NULL,
	`question` text NOT NULL,
	`gold` text NOT NULL,
	`hardness` text,
	`own_case_id` text,
	FOREIGN KEY (`own_case_id`) REFERENCES `evaluation_own_cases`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `evaluation_nights` (
	`night` text PRIMARY KEY NOT NULL,
	`run_id` text,
	`status` text NOT NULL,
	`holder` text,
	`held_until` text,
	`started_at` text NOT NULL,
	`finished_at` text,
	FOREIGN KEY (`run_id`) REFERENCES `evaluation_runs`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `evaluation_own_cases` (
	`id` text PRIMARY KEY NOT NULL,
	`database_id` text NOT NULL,
	`question` text NOT NULL,
	`follows` text,
	`accepted` text NOT NULL,
	`from_question_id` text,
	`asker_id` text,
	`asked_at` text NOT NULL,
	`added_at` text NOT NULL,
	FOREIGN KEY (`database_id`) REFERENCES `databases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`asker_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `evaluation_own_cases_from_question_id_unique` ON `evaluation_own_cases` (`from_question_id`);--> statement-breakpoint
CREATE INDEX `evaluation_own_cases_asker` ON `evaluation_own_cases` (`asker_id`);--> statement-breakpoint
CREATE TABLE `evaluation_posts` (
	`night` text NOT NULL,
	`channel` text NOT NULL,
	`status` text NOT NULL,
	`message` text,
	`at` text NOT NULL,
	PRIMARY KEY(`night`, `channel`),
	FOREIGN KEY (`night`) REFERENCES `evaluation_nights`(`night`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `evaluation_results` (
	`run_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`case_hash` text NOT NULL,
	`verdict` text,
	`suite_right` integer,
	`sql` text,
	`message` text,
	`fault` text,
	`written_right` integer,
	`fitted_right` integer,
	`origin` text,
	`ms` real,
	`tokens` integer,
	`generating_ms` real,
	`trace` text,
	PRIMARY KEY(`run_id`, `ordinal`),
	FOREIGN KEY (`run_id`) REFERENCES `evaluation_runs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`case_hash`) REFERENCES `evaluation_cases`(`hash`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `evaluation_results_case` ON `evaluation_results` (`case_hash`);--> statement-breakpoint
CREATE TABLE `evaluation_runs` (
	`place` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`group_id` text NOT NULL,
	`kind` text NOT NULL,
	`dataset` text NOT NULL,
	`label` text NOT NULL,
	`setup` text NOT NULL,
	`status` text NOT NULL,
	`failure` text,
	`planned` integer NOT NULL,
	`pinned` integer DEFAULT false NOT NULL,
	`holder` text,
	`held_until` text,
	`started_at` text NOT NULL,
	`finished_at` text,
	`worked_ms` real DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `evaluation_runs_id_unique` ON `evaluation_runs` (`id`);--> statement-breakpoint
CREATE INDEX `evaluation_runs_group` ON `evaluation_runs` (`group_id`);--> statement-breakpoint
CREATE INDEX `evaluation_runs_dataset` ON `evaluation_runs` (`dataset`);