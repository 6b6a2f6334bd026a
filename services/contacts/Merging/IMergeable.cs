using Google.Protobuf;
using Platform.Access;

namespace Platform.Contacts.Merging;

/// <summary>A kind of record of which several can become one.</summary>
internal interface IMergeable<TSelf, TMessage> : IProtected<TSelf>
    where TSelf : ProtectedEntity, IMergeable<TSelf, TMessage>
    where TMessage : class, IMessage<TMessage>
{
    /// <summary>The record as it was when it was merged.</summary>
    static abstract TSelf Restore(TMessage message);

    TMessage ToMessage();

    void Update(TMessage message, DateTimeOffset now);

    /// <summary>An update that takes everything from the message, an absent owner too.</summary>
    void PutBack(TMessage message, DateTimeOffset now);
}
