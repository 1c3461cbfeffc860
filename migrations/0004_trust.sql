CREATE TABLE `trusted_people` (
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `person_id`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
-- It was not kept who named a person, and where a person was first seen says nothing about that: trust is kept where the platform has one workspace only.
INSERT INTO `trusted_people`
SELECT `workspaces`.`id`, `chat_people`.`person_id` FROM `chat_people`
JOIN `workspaces` ON substr(`workspaces`.`id`, 1, instr(`workspaces`.`id`, ':')) = substr(`chat_people`.`person_id`, 1, instr(`chat_people`.`person_id`, ':'))
WHERE `chat_people`.`trusted` = 1 AND `workspaces`.`id` NOT LIKE '%:direct'
GROUP BY `chat_people`.`person_id` HAVING count(*) = 1;--> statement-breakpoint
ALTER TABLE `chat_people` DROP COLUMN `trusted`;