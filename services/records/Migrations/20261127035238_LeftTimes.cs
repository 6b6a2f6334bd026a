using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Records.Migrations
{
    /// <inheritdoc />
    public partial class LeftTimes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "left_time",
                table: "records",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "left_time",
                table: "records");
        }
    }
}
