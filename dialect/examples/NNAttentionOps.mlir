// Examples for the reference: attention.

nn.model @attention {
  %x = nn.input {shape = [8, 16]}
  %y = nn.input {shape = [10, 16]}
  %out = nn.attention(%x, %y)
  nn.output(%out)
}
// -----
nn.model @additive_attention {
  %x = nn.input {shape = [8, 16]}
  %y = nn.input {shape = [10, 16]}
  %out = nn.additive_attention(%x, %y)
  nn.output(%out)
}
// -----
nn.model @multi_head_attention {
  %x = nn.input {shape = [8, 16]}
  %y = nn.input {shape = [8, 16]}
  %out = nn.multi_head_attention(%x, %y) {num_heads = 4, key_dim = 4}
  nn.output(%out)
}
// -----
nn.model @group_query_attention {
  %x = nn.input {shape = [8, 16]}
  %y = nn.input {shape = [8, 16]}
  %out = nn.group_query_attention(%x, %y) {head_dim = 4, num_query_heads = 4, num_key_value_heads = 2}
  nn.output(%out)
}
