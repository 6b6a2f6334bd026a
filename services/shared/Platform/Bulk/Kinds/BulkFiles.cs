using Google.Protobuf;
using Platform.Access;
using Platform.Data;

namespace Platform.Bulk;

/// <summary>Kinds of records of which files are made in the background, and nothing else.</summary>
public static class BulkFiles
{
    // Jobs that do anything else are refused before.
    private static NotSupportedException OnlyFiles => new();

    /// <summary>Such a kind.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="parser">Of its message.</param>
    /// <param name="noun">What it is called in refusals.</param>
    /// <param name="toMessage">The record as the API gives it.</param>
    /// <param name="shown">Leaves of the rows those that the list shows, where that is more than policies on the kind say.</param>
    public static BulkKind<TContext, TRow, TMessage> Of<TContext, TRow, TMessage>(ProtectedResource<TRow> resource, MessageParser<TMessage> parser, string noun, Func<TRow, TMessage> toMessage, Func<TContext, IQueryable<TRow>, IQueryable<TRow>>? shown = null)
        where TContext : PlatformDbContext
        where TRow : ProtectedEntity, IProtected<TRow>
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage> => new(resource, parser)
        {
            IsOfFiles = true,
            Noun = noun,
            ToMessage = toMessage,
            Shown = shown,
            Held = (_, _) => throw OnlyFiles,
            CustomFields = _ => throw OnlyFiles,
            Merge = (_, _, _, _, _, _) => throw OnlyFiles,
            Write = (_, _, _, _, _, _) => throw OnlyFiles,
            PutBack = (_, _, _, _, _, _) => throw OnlyFiles,
            OnSave = _ => throw OnlyFiles,
        };
}
