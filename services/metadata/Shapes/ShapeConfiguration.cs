using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Metadata.Shapes;

internal static class ShapeConfiguration
{
    public static string UniqueKey(string table) => $"ix_{table}_key";

    public static void IsShape<TShape, TMessage>(this EntityTypeBuilder<TShape> builder, string table)
        where TShape : Shape<TMessage>
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new()
    {
        builder.IsResource(table);
        builder.HasIndex(shape => new { shape.TenantId, shape.Scope, shape.Key }).IsUnique().HasDatabaseName(UniqueKey(table));
    }
}
