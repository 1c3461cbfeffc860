CREATE TABLE `attempts` (
	`question_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`sql` text NOT NULL,
	`origin` text NOT NULL,
	`log_prob` real,
	`outcome` text NOT NULL,
	`message` text,
	`row_count` integer,
	`truncated` integer NOT NULL,
	`notes` text NOT NULL,
	`ms` real NOT NULL,
	PRIMARY KEY(`question_id`, `ordinal`),
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `databases` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`name` text collate nocase NOT NULL,
	`description` text NOT NULL,
	`source` text NOT NULL,
	`path` text NOT NULL,
	`content_hash` text,
	`owner_id` text,
	`sensitive` text NOT NULL,
	`added_at` text NOT NULL,
	`data_as_of` text NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`owner_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `databases_name` ON `databases` (`workspace_id`,`name`);--> statement-breakpoint
CREATE TABLE `feedback` (
	`question_id` text NOT NULL,
	`person_id` text NOT NULL,
	`verdict` text NOT NULL,
	`comment` text NOT NULL,
	`given_at` text NOT NULL,
	PRIMARY KEY(`question_id`, `person_id`),
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `feedback_person` ON `feedback` (`person_id`);--> statement-breakpoint
CREATE TABLE `marks` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`added_at` text NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `people_workspace` ON `people` (`workspace_id`);--> statement-breakpoint
CREATE TABLE `questions` (
	`place` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`asker_id` text NOT NULL,
	`database_id` text,
	`text` text NOT NULL,
	`follows` text,
	`status` text NOT NULL,
	`answer` text,
	`trace` text,
	`failure` text,
	`row_count` integer,
	`accepted_at` text NOT NULL,
	`finished_at` text,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`asker_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`database_id`) REFERENCES `databases`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `questions_id_unique` ON `questions` (`id`);--> statement-breakpoint
CREATE INDEX `questions_database` ON `questions` (`database_id`,`place`);--> statement-breakpoint
CREATE INDEX `questions_asker` ON `questions` (`asker_id`,`place`);--> statement-breakpoint
CREATE INDEX `questions_workspace` ON `questions` (`workspace_id`,`place`);--> statement-breakpoint
CREATE INDEX `questions_unfinished` ON `questions` (`place`) WHERE status = 'accepted';--> statement-breakpoint
CREATE INDEX `questions_accepted_at` ON `questions` (`accepted_at`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`added_at` text NOT NULL
);
