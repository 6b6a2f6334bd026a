using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.CustomFields.Values;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class Activities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_activities_tenant_id_company_id_id",
                table: "activities");

            migrationBuilder.DropIndex(
                name: "ix_activities_tenant_id_lead_id_id",
                table: "activities");

            migrationBuilder.DropIndex(
                name: "ix_activities_tenant_id_person_id_id",
                table: "activities");

            migrationBuilder.DropCheckConstraint(
                name: "ck_activities_target",
                table: "activities");

            migrationBuilder.AddColumn<Guid>(
                name: "assignee_id",
                table: "activities",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "complete_time",
                table: "activities",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "custom_fields",
                table: "activities",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'::jsonb");

            migrationBuilder.AddColumn<Guid>(
                name: "deal_id",
                table: "activities",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "due_time",
                table: "activities",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "duration_minutes",
                table: "activities",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "activities",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "participant_emails",
                table: "activities",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<List<Guid>>(
                name: "participant_person_ids",
                table: "activities",
                type: "uuid[]",
                nullable: false,
                defaultValueSql: "'{}'::uuid[]");

            migrationBuilder.AddColumn<List<Guid>>(
                name: "participant_user_ids",
                table: "activities",
                type: "uuid[]",
                nullable: false,
                defaultValueSql: "'{}'::uuid[]");

            migrationBuilder.AddColumn<string>(
                name: "priority",
                table: "activities",
                type: "text",
                nullable: false,
                defaultValue: "Unspecified");

            migrationBuilder.AddColumn<List<string>>(
                name: "readers",
                table: "activities",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "remind_time",
                table: "activities",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "status",
                table: "activities",
                type: "text",
                nullable: false,
                defaultValue: "Unspecified");

            migrationBuilder.AddColumn<List<string>>(
                name: "writers",
                table: "activities",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.CreateIndex(
                name: "ix_activities_tenant_id_company_id_occur_time_id",
                table: "activities",
                columns: new[] { "tenant_id", "company_id", "occur_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_activities_tenant_id_deal_id_occur_time_id",
                table: "activities",
                columns: new[] { "tenant_id", "deal_id", "occur_time", "id" },
                filter: "deal_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_activities_tenant_id_lead_id_occur_time_id",
                table: "activities",
                columns: new[] { "tenant_id", "lead_id", "occur_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_activities_tenant_id_owner_id_id",
                table: "activities",
                columns: new[] { "tenant_id", "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_activities_tenant_id_person_id_occur_time_id",
                table: "activities",
                columns: new[] { "tenant_id", "person_id", "occur_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_activities_work",
                table: "activities",
                columns: new[] { "tenant_id", "assignee_id", "status", "due_time", "id" },
                filter: "assignee_id IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_activities_target",
                table: "activities",
                sql: "num_nonnulls(lead_id, person_id, company_id, deal_id) >= 1");

            // Calls and meetings were written down when they had taken place.
            migrationBuilder.Sql("""
                ALTER TABLE activities NO FORCE ROW LEVEL SECURITY;
                UPDATE activities SET status = 'Done', priority = 'Normal', complete_time = occur_time WHERE kind IN ('Call', 'Meeting');
                ALTER TABLE activities FORCE ROW LEVEL SECURITY;
                """);
            migrationBuilder.Sql(CustomFieldScripts.CreateTrigger("activities", "contacts.activity"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CustomFieldScripts.DropTrigger("activities"));

            migrationBuilder.DropIndex(
                name: "ix_activities_tenant_id_company_id_occur_time_id",
                table: "activities");

            migrationBuilder.DropIndex(
                name: "ix_activities_tenant_id_deal_id_occur_time_id",
                table: "activities");

            migrationBuilder.DropIndex(
                name: "ix_activities_tenant_id_lead_id_occur_time_id",
                table: "activities");

            migrationBuilder.DropIndex(
                name: "ix_activities_tenant_id_owner_id_id",
                table: "activities");

            migrationBuilder.DropIndex(
                name: "ix_activities_tenant_id_person_id_occur_time_id",
                table: "activities");

            migrationBuilder.DropIndex(
                name: "ix_activities_work",
                table: "activities");

            migrationBuilder.DropCheckConstraint(
                name: "ck_activities_target",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "assignee_id",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "complete_time",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "custom_fields",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "deal_id",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "due_time",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "duration_minutes",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "participant_emails",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "participant_person_ids",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "participant_user_ids",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "priority",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "readers",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "remind_time",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "status",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "writers",
                table: "activities");

            migrationBuilder.CreateIndex(
                name: "ix_activities_tenant_id_company_id_id",
                table: "activities",
                columns: new[] { "tenant_id", "company_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_activities_tenant_id_lead_id_id",
                table: "activities",
                columns: new[] { "tenant_id", "lead_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_activities_tenant_id_person_id_id",
                table: "activities",
                columns: new[] { "tenant_id", "person_id", "id" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_activities_target",
                table: "activities",
                sql: "num_nonnulls(lead_id, person_id, company_id) >= 1");
        }
    }
}
