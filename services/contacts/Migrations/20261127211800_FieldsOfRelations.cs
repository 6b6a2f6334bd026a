using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.CustomFields.Values;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class FieldsOfRelations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "custom_fields",
                table: "relations",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'::jsonb");

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "relations",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "readers",
                table: "relations",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<List<string>>(
                name: "writers",
                table: "relations",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.CreateIndex(
                name: "ix_relations_tenant_id_owner_id_id",
                table: "relations",
                columns: new[] { "tenant_id", "owner_id", "id" });

            migrationBuilder.Sql(CustomFieldScripts.CreateTrigger("relations", "contacts.relation"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CustomFieldScripts.DropTrigger("relations"));

            migrationBuilder.DropIndex(
                name: "ix_relations_tenant_id_owner_id_id",
                table: "relations");

            migrationBuilder.DropColumn(
                name: "custom_fields",
                table: "relations");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "relations");

            migrationBuilder.DropColumn(
                name: "readers",
                table: "relations");

            migrationBuilder.DropColumn(
                name: "writers",
                table: "relations");
        }
    }
}
