CREATE TABLE `trusted_people` (
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `person_id`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `trusted_people` (`workspace_id`, `person_id`) SELECT `people`.`workspace_id`, `people`.`id` FROM `chat_people` JOIN `people` ON `people`.`id` = `chat_people`.`person_id` WHERE `chat_people`.`trusted` = 1;--> statement-breakpoint
ALTER TABLE `chat_people` DROP COLUMN `trusted`;