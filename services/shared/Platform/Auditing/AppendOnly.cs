using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Auditing;

/// <summary>Tables whose rows are never changed: the migrations give them a trigger, the start takes the rights away.</summary>
public static class AppendOnly
{
    internal const string Annotation = "Platform:AppendOnly";

    /// <summary>The trigger's name, by which such a table is known in the database.</summary>
    internal const string Trigger = "append_only";

    /// <summary>Rows of this entity are inserted and read, and nothing else, by anybody.</summary>
    public static EntityTypeBuilder<T> IsAppendOnly<T>(this EntityTypeBuilder<T> builder)
        where T : class
    {
        builder.HasAnnotation(Annotation, true);
        return builder;
    }

    internal static string CreateTrigger(string table) =>
        $"CREATE TRIGGER {Trigger} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();";
}
