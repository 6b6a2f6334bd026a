using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Inventory.Migrations
{
    /// <inheritdoc />
    public partial class BulkJobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "bulk_chores",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    due_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bulk_chores", x => new { x.tenant_id, x.job_id, x.kind });
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateTable(
                name: "bulk_items",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    message = table.Column<string>(type: "text", nullable: true),
                    before = table.Column<byte[]>(type: "bytea", nullable: true),
                    after_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    readers = table.Column<List<string>>(type: "text[]", nullable: true),
                    writers = table.Column<List<string>>(type: "text[]", nullable: true),
                    company = table.Column<byte[]>(type: "bytea", nullable: true),
                    merge_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bulk_items", x => new { x.tenant_id, x.job_id, x.record_id });
                });

            migrationBuilder.CreateTable(
                name: "bulk_jobs",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    operation = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    filter = table.Column<string>(type: "text", nullable: false),
                    started_by = table.Column<string>(type: "text", nullable: false),
                    task = table.Column<byte[]>(type: "bytea", nullable: false),
                    actor = table.Column<byte[]>(type: "bytea", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    done = table.Column<long>(type: "bigint", nullable: false),
                    failed = table.Column<long>(type: "bigint", nullable: false),
                    skipped = table.Column<long>(type: "bigint", nullable: false),
                    start_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error_code = table.Column<string>(type: "text", nullable: false),
                    error_text = table.Column<string>(type: "text", nullable: false),
                    undone_by = table.Column<string>(type: "text", nullable: false),
                    undo_actor = table.Column<byte[]>(type: "bytea", nullable: true),
                    undo_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    undo_end_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    restored = table.Column<long>(type: "bigint", nullable: false),
                    kept = table.Column<long>(type: "bigint", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    file_size = table.Column<long>(type: "bigint", nullable: false),
                    is_forgotten = table.Column<bool>(type: "boolean", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bulk_jobs", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "bulk_pieces",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bulk_pieces", x => new { x.tenant_id, x.job_id, x.number });
                });

            migrationBuilder.CreateIndex(
                name: "ix_bulk_chores_due_time",
                table: "bulk_chores",
                column: "due_time");

            migrationBuilder.CreateIndex(
                name: "ix_bulk_items_tenant_id_job_id_outcome_record_id",
                table: "bulk_items",
                columns: new[] { "tenant_id", "job_id", "outcome", "record_id" });

            migrationBuilder.CreateIndex(
                name: "ix_bulk_jobs_tenant_id_started_by_id",
                table: "bulk_jobs",
                columns: new[] { "tenant_id", "started_by", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bulk_chores");

            migrationBuilder.DropTable(
                name: "bulk_items");

            migrationBuilder.DropTable(
                name: "bulk_jobs");

            migrationBuilder.DropTable(
                name: "bulk_pieces");
        }
    }
}
