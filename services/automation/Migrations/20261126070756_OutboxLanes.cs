using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Automation.Migrations
{
    /// <inheritdoc />
    public partial class OutboxLanes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outbox_messages_id",
                table: "outbox_messages");

            migrationBuilder.AddColumn<bool>(
                name: "is_bulk",
                table: "outbox_messages",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_is_bulk_id",
                table: "outbox_messages",
                columns: new[] { "is_bulk", "id" },
                filter: "dead_time IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outbox_messages_is_bulk_id",
                table: "outbox_messages");

            migrationBuilder.DropColumn(
                name: "is_bulk",
                table: "outbox_messages");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_id",
                table: "outbox_messages",
                column: "id");
        }
    }
}
