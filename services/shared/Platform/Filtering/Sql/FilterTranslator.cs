using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Platform.Filtering.Sql;

/// <summary>Writes <see cref="FilterMethods"/> as PostgreSQL's own functions.</summary>
internal sealed class FilterTranslator(ISqlExpressionFactory sql, IRelationalTypeMappingSource types) : IMethodCallTranslator
{
    private const string Schema = "platform";
    private const string DecimalShape = @"^-?[0-9]{1,15}(\.[0-9]{1,10})?$";

    private readonly RelationalTypeMapping _text = types.FindMapping(typeof(string))!;
    private readonly RelationalTypeMapping _json = types.FindMapping("jsonb")!;
    private readonly RelationalTypeMapping _number = types.FindMapping(typeof(decimal))!;
    private readonly RelationalTypeMapping _boolean = types.FindMapping(typeof(bool))!;
    private readonly RelationalTypeMapping _ids = types.FindMapping(typeof(Guid[]))!;
    private readonly RelationalTypeMapping _id = types.FindMapping(typeof(Guid))!;
    private readonly RelationalTypeMapping _whole = types.FindMapping(typeof(int))!;

    public SqlExpression? Translate(
        SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
    {
        if (method.DeclaringType != typeof(FilterMethods))
            return null;
        return method.Name switch
        {
            nameof(FilterMethods.Translate) => sql.Function("translate", [arguments[0], AsText(arguments[1]), AsText(arguments[2])], nullable: true, [true, false, false], typeof(string), _text),
            nameof(FilterMethods.Get) or nameof(FilterMethods.Member) => Call("jsonb_object_field", typeof(string), _json, arguments[0], AsText(arguments[1])),
            nameof(FilterMethods.Text) => WhereKind(arguments[0], "string", Unquote(arguments[0])),
            nameof(FilterMethods.Number) => WhereExact(WhereKind(arguments[0], "number", sql.Convert(arguments[0], typeof(decimal), _number))),
            nameof(FilterMethods.Decimal) => WhereKind(arguments[0], "string", WhereDecimal(Unquote(arguments[0]))),
            nameof(FilterMethods.Boolean) => WhereKind(arguments[0], "boolean", sql.Convert(arguments[0], typeof(bool), _boolean)),
            nameof(FilterMethods.Contains) => WhereKind(arguments[0], "array", Call("jsonb_exists", typeof(bool), _boolean, arguments[0], AsText(arguments[1]))),
            nameof(FilterMethods.IsPresent) => IsPresent(arguments[0]),
            nameof(FilterMethods.LeadsTo) => sql.Equal(arguments[1], AnyOf(arguments[0])),
            nameof(FilterMethods.RollUpsOf) => sql.Function(Schema, "roll_ups_of", [arguments[0], arguments[1], AsText(arguments[2])], nullable: false, [false, false, false], typeof(string), _text),
            _ => null,
        };
    }

    // An index on the id is used.
    private SqlExpression AnyOf(SqlExpression value) => sql.Function(
        "ANY", [sql.Function(Schema, "custom_field_ids", [value], nullable: false, [false], typeof(Guid[]), _ids)], nullable: false, [false], typeof(Guid), _id);

    // A CASE, because PostgreSQL promises the order of nothing else: a cast of what is no number would fail the query.
    private SqlExpression WhereKind(SqlExpression value, string kind, SqlExpression then) =>
        sql.Case([new CaseWhenClause(sql.Equal(Kind(value), sql.Constant(kind, _text)), then)], elseResult: null);

    private SqlExpression WhereExact(SqlExpression number)
    {
        var scale = Call("scale", typeof(int), _whole, Call("trim_scale", typeof(decimal), _number, number));
        var isExact = sql.AndAlso(
            sql.LessThan(Call("abs", typeof(decimal), _number, number), sql.Constant((decimal)FilterMethods.Limit, _number)),
            sql.LessThanOrEqual(scale, sql.Constant(FilterMethods.Scale, _whole)));
        return sql.Case([new CaseWhenClause(isExact, number)], elseResult: null);
    }

    // The shape that DecimalText reads; what has another would fail the query.
    private SqlExpression WhereDecimal(SqlExpression text)
    {
        var fits = Call("regexp_like", typeof(bool), _boolean, text, sql.Constant(DecimalShape, _text));
        return sql.Case([new CaseWhenClause(fits, sql.Convert(text, typeof(decimal), _number))], elseResult: null);
    }

    private SqlExpression IsPresent(SqlExpression value)
    {
        var kind = sql.Coalesce(Kind(value), sql.Constant("null", _text), _text);
        var none = sql.OrElse(
            sql.Equal(kind, sql.Constant("null", _text)),
            sql.Equal(sql.Coalesce(Unquote(value), sql.Constant("", _text), _text), sql.Constant("", _text)));
        return sql.Case([new CaseWhenClause(none, sql.Constant(false, _boolean))], sql.Constant(true, _boolean));
    }

    private SqlExpression Kind(SqlExpression value) => Call("jsonb_typeof", typeof(string), _text, value);

    // The scalar itself as text: what was taken as JSON is taken as text instead.
    private SqlExpression Unquote(SqlExpression value) => value is SqlFunctionExpression { Arguments: [var parent, var key] }
        ? Call("jsonb_object_field_text", typeof(string), _text, parent, key)
        : throw new InvalidOperationException("Only a field of an object is read as text.");

    // Null does not follow from the arguments alone: a key may be missing.
    private SqlExpression Call(string function, System.Type type, RelationalTypeMapping mapping, params SqlExpression[] arguments) =>
        sql.Function(function, arguments, nullable: true, arguments.Select(_ => false), type, mapping);

    private SqlExpression AsText(SqlExpression argument) => sql.ApplyTypeMapping(argument, _text)!;
}
