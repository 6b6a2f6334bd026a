using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class OneAccessEngine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "people",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "readers",
                table: "people",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<List<string>>(
                name: "writers",
                table: "people",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "leads",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "readers",
                table: "leads",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<List<string>>(
                name: "writers",
                table: "leads",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "companies",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "readers",
                table: "companies",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<List<string>>(
                name: "writers",
                table: "companies",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.CreateIndex(
                name: "ix_people_tenant_id_owner_id_id",
                table: "people",
                columns: new[] { "tenant_id", "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_tenant_id_owner_id_id",
                table: "leads",
                columns: new[] { "tenant_id", "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_companies_tenant_id_owner_id_id",
                table: "companies",
                columns: new[] { "tenant_id", "owner_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_people_tenant_id_owner_id_id",
                table: "people");

            migrationBuilder.DropIndex(
                name: "ix_leads_tenant_id_owner_id_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_companies_tenant_id_owner_id_id",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "people");

            migrationBuilder.DropColumn(
                name: "readers",
                table: "people");

            migrationBuilder.DropColumn(
                name: "writers",
                table: "people");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "readers",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "writers",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "readers",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "writers",
                table: "companies");
        }
    }
}
