-- One database a service; its tables and its role, which owns nothing, are made by the service itself.
CREATE DATABASE automation;
CREATE DATABASE communications;
CREATE DATABASE contacts;
CREATE DATABASE deals;
CREATE DATABASE finance;
CREATE DATABASE inventory;
CREATE DATABASE metadata;
CREATE DATABASE pipelines;
CREATE DATABASE records;
CREATE DATABASE search;
CREATE DATABASE tenants;
