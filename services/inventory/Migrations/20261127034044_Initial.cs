using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using Platform.CustomFields.Values;

#nullable disable

namespace Platform.Inventory.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_kind = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    on_behalf_of = table.Column<string>(type: "text", nullable: false),
                    operation = table.Column<string>(type: "text", nullable: false),
                    trace_id = table.Column<string>(type: "text", nullable: false),
                    client_address = table.Column<string>(type: "text", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    resource_id = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    before = table.Column<string>(type: "json", nullable: true),
                    after = table.Column<string>(type: "json", nullable: true),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => new { x.tenant_id, x.id });
                })
                .Annotation("Platform:AppendOnly", true);

            migrationBuilder.CreateTable(
                name: "audit_seals",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    seal_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_seals", x => new { x.tenant_id, x.sequence });
                })
                .Annotation("Platform:AppendOnly", true);

            migrationBuilder.CreateTable(
                name: "audit_unsealed",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_unsealed", x => new { x.tenant_id, x.position });
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateTable(
                name: "custom_field_indexes",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    field_key = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    is_unique = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    cursor = table.Column<Guid>(type: "uuid", nullable: true),
                    due_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    run = table.Column<Guid>(type: "uuid", nullable: true),
                    run_number = table.Column<long>(type: "bigint", nullable: false),
                    is_told = table.Column<bool>(type: "boolean", nullable: false),
                    as_of_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_custom_field_indexes", x => new { x.tenant_id, x.resource, x.field_key });
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateTable(
                name: "custom_field_values",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    field_key = table.Column<string>(type: "text", nullable: false),
                    sort_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_unique = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_custom_field_values", x => new { x.tenant_id, x.resource, x.record_id, x.field_key });
                });

            migrationBuilder.CreateTable(
                name: "early_roll_ups",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roll_up = table.Column<string>(type: "text", nullable: false),
                    run = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    data = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_early_roll_ups", x => new { x.tenant_id, x.roll_up, x.run, x.number });
                });

            migrationBuilder.CreateTable(
                name: "exchange_rate_copies",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_currency = table.Column<string>(type: "text", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    rate = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_rate_copies", x => new { x.tenant_id, x.company_currency, x.currency, x.valid_from });
                });

            migrationBuilder.CreateTable(
                name: "idempotency_records",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    request_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    response = table.Column<byte[]>(type: "bytea", nullable: false),
                    expire_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_records", x => new { x.tenant_id, x.subject, x.key });
                });

            migrationBuilder.CreateTable(
                name: "inbox_messages",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_id = table.Column<string>(type: "text", nullable: false),
                    handler = table.Column<string>(type: "text", nullable: false),
                    process_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_messages", x => new { x.tenant_id, x.event_id, x.handler });
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    topic = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    aggregate_id = table.Column<Guid>(type: "uuid", nullable: false),
                    data = table.Column<string>(type: "text", nullable: false),
                    trace_parent = table.Column<string>(type: "text", nullable: true),
                    caused_by = table.Column<string>(type: "text", nullable: false),
                    is_bulk = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    dead_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_messages", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "price_lists",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    is_default = table.Column<bool>(type: "boolean", nullable: false),
                    lower_name = table.Column<string>(type: "text", nullable: true, computedColumnSql: "lower(name)", stored: true),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_price_lists", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "products",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    tax_category = table.Column<string>(type: "text", nullable: false),
                    tax_rate = table.Column<decimal>(type: "numeric", nullable: false),
                    recurrence = table.Column<string>(type: "text", nullable: false),
                    default_term = table.Column<int>(type: "integer", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    custom_fields = table.Column<string>(type: "jsonb", nullable: false),
                    lower_code = table.Column<string>(type: "text", nullable: true, computedColumnSql: "lower(code)", stored: true),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    readers = table.Column<List<string>>(type: "text[]", nullable: false, defaultValueSql: "'{}'::text[]"),
                    writers = table.Column<List<string>>(type: "text[]", nullable: false, defaultValueSql: "'{}'::text[]")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_products", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "quotas",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    most = table.Column<long>(type: "bigint", nullable: false),
                    used = table.Column<long>(type: "bigint", nullable: false),
                    set_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    count_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quotas", x => new { x.tenant_id, x.resource });
                });

            migrationBuilder.CreateTable(
                name: "rate_books",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    reported_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rate_books", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "roll_up_changes",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roll_up = table.Column<string>(type: "text", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    child_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roll_up_changes", x => new { x.tenant_id, x.roll_up, x.id });
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateTable(
                name: "roll_up_inputs",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roll_up = table.Column<string>(type: "text", nullable: false),
                    child_id = table.Column<Guid>(type: "uuid", nullable: false),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    number = table.Column<decimal>(type: "numeric", nullable: true),
                    word = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    is_unknown = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roll_up_inputs", x => new { x.tenant_id, x.roll_up, x.child_id });
                });

            migrationBuilder.CreateTable(
                name: "roll_up_values",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roll_up = table.Column<string>(type: "text", nullable: false),
                    contributions = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<decimal>(type: "numeric", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    is_mixed = table.Column<bool>(type: "boolean", nullable: false),
                    number = table.Column<decimal>(type: "numeric", nullable: true),
                    word = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reason = table.Column<string>(type: "text", nullable: true),
                    sort_key = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roll_up_values", x => new { x.tenant_id, x.record_id, x.roll_up });
                });

            migrationBuilder.CreateTable(
                name: "prices",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    price_list_id = table.Column<Guid>(type: "uuid", nullable: false),
                    product_id = table.Column<Guid>(type: "uuid", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    unit_price = table.Column<decimal>(type: "numeric", nullable: false),
                    min_quantity = table.Column<decimal>(type: "numeric", nullable: false),
                    start_date = table.Column<DateOnly>(type: "date", nullable: false),
                    end_date = table.Column<DateOnly>(type: "date", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_prices", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_prices_days", "start_date <= end_date");
                    table.ForeignKey(
                        name: "fk_prices_price_lists",
                        columns: x => new { x.tenant_id, x.price_list_id },
                        principalTable: "price_lists",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_prices_products",
                        columns: x => new { x.tenant_id, x.product_id },
                        principalTable: "products",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "product_uses",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    product_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_uses", x => new { x.tenant_id, x.product_id });
                    table.ForeignKey(
                        name: "fk_product_uses_products",
                        columns: x => new { x.tenant_id, x.product_id },
                        principalTable: "products",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_tenant_id_resource_id_id",
                table: "audit_entries",
                columns: new[] { "tenant_id", "resource_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_seals_tenant_id_entry_id",
                table: "audit_seals",
                columns: new[] { "tenant_id", "entry_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_custom_field_indexes_due_time",
                table: "custom_field_indexes",
                column: "due_time");

            migrationBuilder.CreateIndex(
                name: "ix_custom_field_values_search",
                table: "custom_field_values",
                columns: new[] { "tenant_id", "resource", "field_key", "sort_key", "record_id" });

            migrationBuilder.CreateIndex(
                name: "ix_custom_field_values_unique",
                table: "custom_field_values",
                columns: new[] { "tenant_id", "resource", "field_key", "sort_key" },
                unique: true,
                filter: "is_unique");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_records_tenant_id_expire_time",
                table: "idempotency_records",
                columns: new[] { "tenant_id", "expire_time" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_is_bulk_id",
                table: "outbox_messages",
                columns: new[] { "is_bulk", "id" },
                filter: "dead_time IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_tenant_id_aggregate_id_id",
                table: "outbox_messages",
                columns: new[] { "tenant_id", "aggregate_id", "id" },
                filter: "dead_time IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_price_lists_default",
                table: "price_lists",
                columns: new[] { "tenant_id", "is_default" },
                unique: true,
                filter: "is_default");

            migrationBuilder.CreateIndex(
                name: "ix_price_lists_tenant_id_lower_name",
                table: "price_lists",
                columns: new[] { "tenant_id", "lower_name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_prices_step",
                table: "prices",
                columns: new[] { "tenant_id", "product_id", "price_list_id", "currency", "min_quantity", "start_date" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_prices_tenant_id_price_list_id_id",
                table: "prices",
                columns: new[] { "tenant_id", "price_list_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_products_tenant_id_lower_code",
                table: "products",
                columns: new[] { "tenant_id", "lower_code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_products_tenant_id_owner_id_id",
                table: "products",
                columns: new[] { "tenant_id", "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_roll_up_inputs_parent",
                table: "roll_up_inputs",
                columns: new[] { "tenant_id", "roll_up", "parent_id", "number", "word" });

            migrationBuilder.CreateIndex(
                name: "ix_roll_up_inputs_unknown",
                table: "roll_up_inputs",
                columns: new[] { "tenant_id", "roll_up" },
                filter: "is_unknown");

            migrationBuilder.CreateIndex(
                name: "ix_roll_up_values_number",
                table: "roll_up_values",
                columns: new[] { "tenant_id", "roll_up", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_roll_up_values_order",
                table: "roll_up_values",
                columns: new[] { "tenant_id", "roll_up", "sort_key", "record_id" });

            migrationBuilder.Sql(CustomFieldScripts.CreateTrigger("products", "inventory.product"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "audit_seals");

            migrationBuilder.DropTable(
                name: "audit_unsealed");

            migrationBuilder.DropTable(
                name: "custom_field_indexes");

            migrationBuilder.DropTable(
                name: "custom_field_values");

            migrationBuilder.DropTable(
                name: "early_roll_ups");

            migrationBuilder.DropTable(
                name: "exchange_rate_copies");

            migrationBuilder.DropTable(
                name: "idempotency_records");

            migrationBuilder.DropTable(
                name: "inbox_messages");

            migrationBuilder.DropTable(
                name: "outbox_messages");

            migrationBuilder.DropTable(
                name: "prices");

            migrationBuilder.DropTable(
                name: "product_uses");

            migrationBuilder.DropTable(
                name: "quotas");

            migrationBuilder.DropTable(
                name: "rate_books");

            migrationBuilder.DropTable(
                name: "roll_up_changes");

            migrationBuilder.DropTable(
                name: "roll_up_inputs");

            migrationBuilder.DropTable(
                name: "roll_up_values");

            migrationBuilder.DropTable(
                name: "price_lists");

            migrationBuilder.DropTable(
                name: "products");
        }
    }
}
