using Microsoft.Data.Sqlite;

namespace Platform.Dashboard.Storage;

/// <summary>A SELECT that grows by conditions.</summary>
internal sealed class Query(string select)
{
    private readonly List<string> _conditions = [];
    private readonly List<SqliteParameter> _parameters = [];

    /// <summary>Adds a condition with one value, which the condition names <c>$</c>; nothing is added for a null.</summary>
    public Query Where(string condition, object? value)
    {
        if (value is null)
            return this;
        var name = $"$p{_parameters.Count}";
        _conditions.Add(condition.Replace("$", name, StringComparison.Ordinal));
        _parameters.Add(new SqliteParameter(name, value));
        return this;
    }

    /// <summary>Adds the condition that a text stands somewhere in a column, capitals and small letters alike.</summary>
    public Query Containing(string expression, string? text) => Where($"{expression} LIKE $ ESCAPE '\\'", Pattern(text));

    /// <summary>What <c>LIKE $ ESCAPE '\'</c> finds where a text stands somewhere; null for no text.</summary>
    public static string? Pattern(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : $"%{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    public Query When(bool holds, string condition)
    {
        if (holds)
            _conditions.Add(condition);
        return this;
    }

    public List<T> Run<T>(SqliteConnection connection, string order, Func<SqliteDataReader, T> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"{select}{(_conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", _conditions))} {order}";
        command.Parameters.AddRange(_parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }
}

internal static class RowValues
{
    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[] Bytes(this SqliteDataReader row, int column) => (byte[])row.GetValue(column);
}
