using Platform.Testing;

namespace Contacts.Tests;

public sealed class ContactsFixture() : ServiceFixture<Program>("contacts");
